package hnfirebase

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"

	"threadheat/thread"
	"threadheat/thread/corpus"
	"threadheat/thread/format"
	"threadheat/thread/internal/hackernews"
	"threadheat/thread/internal/jsontree"
)

// items are all items of an input: how they hang together here, what they say on
// a tape. There the key of each is its place.
type items struct {
	tape       *corpus.Tape
	id, parent []int64 // by place in the input; 0 is no parent
	kind       []kind
	kids       []int64 // of all items, one after the other
	kidsEnd    []int   // where those of an item end
	byID       []int32 // places, sorted by ID; of one ID the first place comes first
}

// kind is what an item is.
type kind uint8

const (
	opening kind = iota // a story, job or poll
	comment
	option // of a poll
)

// read reads all items. The error ends the input before its end.
func (all *items) read(src format.Source) error {
	for record, err := range jsontree.Records(src.Reader) {
		if err != nil {
			return err
		}
		t := &record.Tree
		if record.Err != nil && t.Kind(0) != jsontree.Array {
			all.bad(record.At(src.Name, 0), record.Err.Error())
			continue
		}
		for n, end := t.Span(0); n < end; n = t.End(n) {
			pos := record.At(src.Name, n)
			switch {
			case !t.Whole(n):
				all.bad(pos, jsontree.ErrCut.Error())
			case !isItem(t, n):
				all.bad(pos, "it is no item of Hacker News")
			default:
				if err := all.add(t, hackernews.Read(t, n, pos)); err != nil {
					return err
				}
			}
		}
		if record.Err != nil {
			all.report(thread.Diagnostic{
				Code: thread.Truncated, Pos: record.At(src.Name, jsontree.Node(t.Len()-1)), Message: "reading stopped here: " + record.Err.Error(),
			})
		}
	}
	return nil
}

// number reads an ID, which hackernews.ID has made: digits, or nothing.
func number(id string) int64 {
	n, _ := strconv.ParseInt(id, 10, 64)
	return n
}

func (all *items) add(t *jsontree.Tree, it *hackernews.Item) error {
	is := opening
	switch {
	case it.IsOption:
		is = option
	case it.IsComment:
		is = comment
	}
	it.Thread = strconv.Itoa(len(all.id))
	all.id, all.parent, all.kind = append(all.id, number(it.ID)), append(all.parent, number(it.Parent)), append(all.kind, is)
	if t.Kind(it.Kids) == jsontree.Array {
		for n, end := t.Span(it.Kids); n < end; n = t.End(n) {
			if id := number(hackernews.ID(t, n)); id != 0 {
				all.kids = append(all.kids, id)
			}
		}
	}
	all.kidsEnd = append(all.kidsEnd, len(all.kids))
	it.Report(all.tape)
	if t.Kind(it.Kids) == jsontree.Array {
		all.tape.Report(it.Thread, replies(it, is))
	}
	if is == opening {
		all.tape.Describe(it.Thread, it.Meta())
		return nil
	}
	return all.tape.Add(it.Comment)
}

// replies is a diagnostic that stands for the replies which an item names but
// the input does not hold. That they are missing shows in the end.
func replies(it *hackernews.Item, is kind) thread.Diagnostic {
	d := thread.Diagnostic{Code: thread.MoreComments, Pos: it.Pos}
	if is == comment {
		d.Comment = it.ID
	}
	return d
}

// report says something of the item read last.
func (all *items) report(d thread.Diagnostic) {
	all.tape.Report(strconv.Itoa(max(len(all.id)-1, 0)), d)
}

func (all *items) bad(pos thread.Pos, why string) {
	all.report(thread.Diagnostic{Code: thread.BadRecord, Severity: thread.Quarantined, Pos: pos, Message: "a record is left out: " + why})
}

// sort makes items to be found by their IDs.
func (all *items) sort() {
	all.byID = make([]int32, len(all.id))
	for i := range all.byID {
		all.byID[i] = int32(i)
	}
	slices.SortFunc(all.byID, func(a, b int32) int {
		return cmp.Or(cmp.Compare(all.id[a], all.id[b]), cmp.Compare(a, b))
	})
}

// find is the place of the item with an ID, of several the first.
func (all *items) find(id int64) (int, bool) {
	i := sort.Search(len(all.byID), func(i int) bool { return all.id[all.byID[i]] >= id })
	if i == len(all.byID) || all.id[all.byID[i]] != id {
		return 0, false
	}
	return int(all.byID[i]), true
}

// roots is the thread of each item: the ID at the end of the walk up, in the
// input or not. Each item is passed twice, so the walks are linear together; a
// walk that comes back to itself ends where it does.
func (all *items) roots() []int64 {
	roots := make([]int64, len(all.id)) // 0 while not known
	seen := make([]bool, len(roots))
	var path []int
	for i := range roots {
		path = path[:0]
		root := int64(0)
		for at := i; root == 0; {
			if root = roots[at]; root != 0 {
				break
			}
			if seen[at] {
				root = all.id[at]
				break
			}
			seen[at] = true
			path = append(path, at)
			if all.parent[at] == 0 || all.kind[at] == opening {
				root = all.id[at]
				break
			}
			up, ok := all.find(all.parent[at])
			if !ok {
				root = all.parent[at]
				break
			}
			at = up
		}
		for _, at := range path {
			roots[at] = root
		}
	}
	return roots
}

// player passes on what is on the tape, with the threads that are known now.
type player struct {
	*items
	roots     []int64
	described map[string]bool // threads, of late: to describe one again does no harm
	out       format.Sink
	yield     func(thread.Comment, error) bool
	enough    bool // the receiver has had it
}

// maxDescribed is how many threads are remembered as described.
const maxDescribed = 1 << 16

// open is the thread of an item, described if it is new, and the item's place.
// Without any item there is one thread.
func (p *player) open(key string) (string, int) {
	at, _ := strconv.Atoi(key)
	if at >= len(p.roots) {
		return "", at
	}
	root := strconv.FormatInt(p.roots[at], 10)
	if !p.described[root] {
		if len(p.described) == maxDescribed {
			clear(p.described)
		}
		p.described[root] = true
		p.out.Describe(root, hackernews.Unnamed(root))
	}
	return root, at
}

// Report implements corpus.Listener.
func (p *player) Report(key string, d thread.Diagnostic) {
	root, at := p.open(key)
	if d.Code == thread.MoreComments {
		missing, all := p.missing(at)
		if missing == 0 {
			return
		}
		d.Message = fmt.Sprintf("%d of the %d direct replies to item %d are not in the input", missing, all, p.id[at])
	}
	p.out.Report(root, d)
}

// missing is how many of the replies that an item names the input does not hold.
func (p *player) missing(at int) (missing, all int) {
	from := 0
	if at > 0 {
		from = p.kidsEnd[at-1]
	}
	kids := p.kids[from:p.kidsEnd[at]]
	for _, id := range kids {
		if _, ok := p.find(id); !ok {
			missing++
		}
	}
	return missing, len(kids)
}

// Describe implements corpus.Listener.
func (p *player) Describe(key string, m thread.Meta) {
	root, _ := p.open(key)
	p.out.Describe(root, m)
}

// Comment implements corpus.Listener.
func (p *player) Comment(c thread.Comment) bool {
	root, at := p.open(c.Thread)
	c.Thread, c.Basis = root, thread.Declared
	if up, ok := p.find(p.parent[at]); p.parent[at] == 0 || p.kind[at] == option || ok && p.kind[up] != comment {
		c.Parent, c.Basis = "", thread.NoBasis
	}
	p.enough = !p.yield(c, nil)
	return !p.enough
}
