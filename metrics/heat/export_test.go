package heat

// MeasuresOf are the measures of a Source.
var MeasuresOf = of
