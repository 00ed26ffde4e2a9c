package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"threadheat/thread"
)

// The files of the data.
const (
	trainFile = "chat-train.jsonl.gz"
	devFile   = "chat-dev.jsonl.gz"
)

// chat is one log of the data: a flat thread and what its annotators said.
type chat struct {
	id        string
	t         *thread.Thread
	annotated []int         // numbers of messages, ascending
	gold      map[int][]int // by number of an annotated message: the messages it answers
}

// readChats reads a file of logs, one a line.
func readChats(name string) ([]chat, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var chats []chat
	for d := json.NewDecoder(z); ; {
		var in struct {
			ID       string
			Messages []struct {
				I                  int
				Time, Author, Text string
				System             bool
				RepliesTo          *[]int `json:"replies_to"`
			}
		}
		if err := d.Decode(&in); err == io.EOF {
			return chats, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c := chat{id: in.ID, gold: map[int][]int{}}
		b := thread.NewBuilder(thread.Meta{ID: in.ID})
		day, last := 1, -1
		for i, m := range in.Messages {
			if m.I != i {
				return nil, fmt.Errorf("%s: %s: message %d is numbered %d", name, in.ID, i, m.I)
			}
			msg := thread.Comment{ID: strconv.Itoa(i), Author: m.Author, Text: m.Text}
			if m.System {
				msg.Kind = thread.System
			}
			if clock, err := time.Parse("15:04", m.Time); err == nil {
				now := clock.Hour()*60 + clock.Minute()
				if now < last-12*60 {
					day++ // past midnight
				}
				last = now
				msg.Time = thread.Local(time.Date(2000, 1, day, clock.Hour(), clock.Minute(), 0, 0, time.UTC), thread.Minute)
			}
			b.Add(msg)
			if m.RepliesTo != nil {
				c.annotated = append(c.annotated, i)
				c.gold[i] = *m.RepliesTo
			}
		}
		c.t = b.Build()
		chats = append(chats, c)
	}
}
