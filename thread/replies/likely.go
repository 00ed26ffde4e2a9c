package replies

func (s *search) likely() {}

func (s *search) exchanges() {}
