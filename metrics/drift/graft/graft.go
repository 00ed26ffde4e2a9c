// Package graft plants branches of one discussion in another, so that it is
// known where the subject changes. What a measure of drift says of such threads
// can be counted.
//
// The host's own drift is not marked, and counts against the measure.
package graft

import (
	"cmp"
	"hash/crc32"
	"slices"
	"strconv"

	"threadheat/thread"
)

// Source is a set of threads of one kind in one language.
type Source struct {
	Name, Lang string
	Threads    []Thread
}

// Thread is a discussion to take branches from or to plant them in. Comments
// come after what they answer.
type Thread struct {
	Page, ID, Title string
	Comments        []Comment
}

// Comment is one contribution. Content tells whether it has a word to compare.
type Comment struct {
	Parent  int // index in the thread, -1 for none
	Text    string
	Content bool
}

// Instance is a thread with a branch planted in it.
type Instance struct {
	Host    int            // index among the hosts of the source
	Thread  *thread.Thread // the host with the graft
	Root    thread.Index   // of the graft
	Size    int            // comments of the graft
	Hard    bool           // it comes from the same page
	Grafted []bool         // by thread.Index
}

// Sizes of hosts: a thread with fewer comments is none, one with more is pruned.
const (
	leastHost  = 6
	leastSmall = 3  // where a source has few of that size
	fewHosts   = 10 // what is few
	mostHost   = 120
	mostBranch = 60 // of a pruned host
)

// classes are the sizes of grafts.
var classes = [3][2]int{{1, 1}, {2, 4}, {5, 30}}

// Planter plants grafts in the threads of one source, the same for the same seed.
type Planter struct {
	rng    splitMix
	source *Source
	hosts  []Thread // as threads that are answered, pruned
}

// NewPlanter is a Planter for a source. Easy donors are other pages of it.
func NewPlanter(s *Source, seed uint64) *Planter {
	p := &Planter{rng: splitMix(seed ^ uint64(crc32.ChecksumIEEE([]byte(s.Name)))), source: s}
	least := leastHost
	if count(s.Threads, leastHost) < fewHosts {
		least = leastSmall
	}
	for _, t := range s.Threads {
		if fit(t, least) {
			p.hosts = append(p.hosts, t)
		}
	}
	slices.SortStableFunc(p.hosts, func(a, b Thread) int { return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.ID, b.ID)) })
	for i, h := range p.hosts {
		p.hosts[i].Comments = p.prune(h.Comments)
	}
	return p
}

// Hosts is how many threads there are to plant in.
func (p *Planter) Hosts() int { return len(p.hosts) }

func count(ts []Thread, least int) (n int) {
	for _, t := range ts {
		if fit(t, least) {
			n++
		}
	}
	return n
}

func fit(t Thread, least int) bool {
	replies := 0
	for _, c := range t.Comments {
		if c.Parent >= 0 {
			replies++
		}
	}
	return len(t.Comments) >= least && replies >= 2
}

// prune keeps whole branches of a large thread, in an order of chance, each cut
// to its first comments.
func (p *Planter) prune(cs []Comment) []Comment {
	if len(cs) <= mostHost {
		return cs
	}
	root := make([]int, len(cs))
	var roots []int
	for i, c := range cs {
		if root[i] = i; c.Parent >= 0 {
			root[i] = root[c.Parent]
		} else {
			roots = append(roots, i)
		}
	}
	for i := len(roots) - 1; i > 0; i-- {
		j := p.rng.n(i + 1)
		roots[i], roots[j] = roots[j], roots[i]
	}
	keep := make([]bool, len(cs))
	kept := 0
	for _, r := range roots {
		if kept >= mostHost {
			break
		}
		here := 0
		for i := range cs {
			if root[i] == r && here < mostBranch && kept < mostHost && (i == r || keep[cs[i].Parent]) {
				keep[i] = true
				here, kept = here+1, kept+1
			}
		}
	}
	return only(cs, keep)
}

// only are the comments that are kept; what answers one that is not, is not.
func only(cs []Comment, keep []bool) []Comment {
	at := make([]int, len(cs))
	var out []Comment
	for i, c := range cs {
		if !keep[i] {
			continue
		}
		at[i] = len(out)
		if c.Parent >= 0 {
			c.Parent = at[c.Parent]
		}
		out = append(out, c)
	}
	return out
}

// tries is how often Next looks for a donor that fits.
const tries = 1000

// Next plants the next graft; ok is false where none fits.
func (p *Planter) Next() (in Instance, ok bool) {
	if len(p.hosts) == 0 {
		return Instance{}, false
	}
	for range tries {
		if in, ok = p.try(); ok {
			return in, true
		}
	}
	return Instance{}, false
}

func (p *Planter) try() (Instance, bool) {
	h := p.rng.n(len(p.hosts))
	host := p.hosts[h]
	hard := p.rng.n(2) == 1
	var donors []int
	for i, t := range p.source.Threads {
		if same := t.Page == host.Page; same == hard && t.ID != host.ID {
			donors = append(donors, i)
		}
	}
	own := len(donors) == 0 && hard // another branch of the host itself
	var donor []Comment
	switch {
	case own:
		donor = host.Comments
	case len(donors) == 0:
		return Instance{}, false
	default:
		donor = p.source.Threads[donors[p.rng.n(len(donors))]].Comments
	}
	class := classes[p.rng.n(len(classes))]
	sizes, depths, content := measure(donor)
	var nodes []int
	for i := range donor {
		if sizes[i] >= class[0] && sizes[i] <= min(class[1], max(1, len(host.Comments)/2)) && content[i] > 0 {
			nodes = append(nodes, i)
		}
	}
	if len(nodes) == 0 {
		return Instance{}, false
	}
	root := nodes[p.rng.n(len(nodes))]
	branch := below(donor, root)
	into := host.Comments
	var home []bool // where the branch is at home, in a host that loses it
	if own {
		top := root
		for donor[top].Parent >= 0 {
			top = donor[top].Parent
		}
		rest := make([]bool, len(donor))
		at := below(donor, top)
		for i := range donor {
			if rest[i] = !branch[i]; rest[i] {
				home = append(home, at[i])
			}
		}
		into = only(donor, rest)
	}
	return p.plant(h, into, alone(donor, branch, root), depths[root], hard, home)
}

// plant appends a branch to a comment of the host that has content and stands
// as deep as what the branch answered, or one step away, and not where the
// branch is at home.
func (p *Planter) plant(h int, host, branch []Comment, depth int, hard bool, home []bool) (Instance, bool) {
	_, depths, _ := measure(host)
	var at []int
	for i, c := range host {
		if d := depths[i] + 1 - depth; c.Content && d >= -1 && d <= 1 && (home == nil || !home[i]) {
			at = append(at, i)
		}
	}
	if len(at) == 0 || len(host) < 2 {
		return Instance{}, false
	}
	branch[0].Parent = at[p.rng.n(len(at))] - len(host)
	b := thread.NewBuilder(thread.Meta{Title: p.hosts[h].Title, Lang: p.source.Lang})
	for i, c := range slices.Concat(host, branch) {
		if i >= len(host) {
			c.Parent += len(host)
		}
		in := thread.Comment{ID: strconv.Itoa(i), Text: c.Text}
		if c.Parent >= 0 {
			in.Parent, in.Basis = strconv.Itoa(c.Parent), thread.Declared
		}
		b.Add(in)
	}
	in := Instance{Host: h, Thread: b.Build(), Size: len(branch), Hard: hard}
	in.Grafted = make([]bool, in.Thread.Len())
	for i := range in.Thread.All() {
		id, _ := strconv.Atoi(in.Thread.ID(i))
		in.Grafted[i] = id >= len(host)
		if id == len(host) {
			in.Root = i
		}
	}
	return in, true
}

// alone is a branch as a thread of its own.
func alone(cs []Comment, branch []bool, root int) []Comment {
	cut := slices.Clone(cs)
	cut[root].Parent = -1
	return only(cut, branch)
}

// below marks the comment root and all below it.
func below(cs []Comment, root int) []bool {
	in := make([]bool, len(cs))
	in[root] = true
	for i := root + 1; i < len(cs); i++ {
		in[i] = cs[i].Parent >= 0 && in[cs[i].Parent]
	}
	return in
}

// measure are the comments of each branch, the depth of each comment, and the
// comments with content of each branch.
func measure(cs []Comment) (sizes, depths, content []int) {
	sizes, depths, content = make([]int, len(cs)), make([]int, len(cs)), make([]int, len(cs))
	for i, c := range cs {
		if c.Parent >= 0 {
			depths[i] = depths[c.Parent] + 1
		}
	}
	for i := len(cs) - 1; i >= 0; i-- {
		sizes[i]++
		if cs[i].Content {
			content[i]++
		}
		if p := cs[i].Parent; p >= 0 {
			sizes[p] += sizes[i]
			content[p] += content[i]
		}
	}
	return sizes, depths, content
}

// splitMix is the generator SplitMix64 (Steele, Lea, Flood 2014).
type splitMix uint64

func (s *splitMix) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (s *splitMix) n(k int) int { return int(s.next() % uint64(k)) }
