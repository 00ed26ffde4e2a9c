package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A comment that came is answered before the next one has come.
func TestScoreAnswersWhileItReads(t *testing.T) {
	in, ask := io.Pipe()
	answer, out := io.Pipe()
	code := make(chan int)
	go func() {
		c := run([]string{"score"}, in, out, io.Discard)
		out.Close()
		code <- c
	}()
	lines := bufio.NewReader(answer)
	for k := range 3 {
		if _, err := fmt.Fprintf(ask, "{\"id\":%d,\"text\":\"one of the comments\"}\n", k); err != nil {
			t.Fatal(err)
		}
		got, err := lines.ReadString('\n')
		if want := fmt.Sprintf(`{"id":%d,`, k); err != nil || !strings.HasPrefix(got, want) {
			t.Fatalf("answer %q, %v; want one that begins with %s", got, err, want)
		}
	}
	ask.Close()
	if c := <-code; c != 0 {
		t.Errorf("exit code %d, want 0", c)
	}
}

// A compressed file gives what the file itself gives.
func TestScoreOfACompressedFile(t *testing.T) {
	in := plainList(300)
	var packed, want bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(in)
	w.Close()
	name := filepath.Join(t.TempDir(), "list.jsonl.gz")
	if err := os.WriteFile(name, packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	run([]string{"score"}, bytes.NewReader(in), &want, io.Discard)
	var got bytes.Buffer
	if code := run([]string{"score", name}, nil, &got, io.Discard); code != 0 || !bytes.Equal(got.Bytes(), want.Bytes()) {
		t.Errorf("exit code %d, %d bytes; want 0 and the %d of the file itself", code, got.Len(), want.Len())
	}
}

// plainList is n comments, some of them hot, one in a hundred no comment at all.
func plainList(n int) []byte {
	var b bytes.Buffer
	for k := range n {
		if k%100 == 99 {
			b.WriteString("not a comment\n")
			continue
		}
		text := strings.Repeat("the stops of the new line are where they should be, ", 1+k%5)
		if k%3 == 0 {
			text += "and you forget it, YOU of all people!!"
		}
		fmt.Fprintf(&b, "{\"id\":\"c%d\",\"text\":%q,\"parent_text\":\"What of the stops?\"}\n", k, text)
	}
	return b.Bytes()
}

// The output, and what is said, are the same for any number of workers.
func TestScoreOnAnyNumberOfWorkers(t *testing.T) {
	in := plainList(3000) // some ten blocks
	var first, said bytes.Buffer
	for _, workers := range []string{"1", "2", "9"} {
		var out, messages bytes.Buffer
		if code := run([]string{"score", "--workers", workers}, bytes.NewReader(in), &out, &messages); code != 0 {
			t.Fatalf("%s workers: exit code %d: %s", workers, code, &messages)
		}
		if n := bytes.Count(out.Bytes(), []byte("\n")); n != 2970 {
			t.Fatalf("%s workers: %d lines, want 2970", workers, n)
		}
		if first.Len() == 0 {
			first, said = out, messages
		}
		if !bytes.Equal(out.Bytes(), first.Bytes()) || messages.String() != said.String() {
			t.Errorf("%s workers give another output than 1", workers)
		}
	}
}

// BenchmarkScore is the command from bytes to bytes, on one worker.
func BenchmarkScore(b *testing.B) {
	const n = 10_000
	in := plainList(n)
	for _, args := range [][]string{{"score", "--workers", "1"}, {"score", "--workers", "1", "--no-evidence"}} {
		b.Run(strings.Join(args[1:], ""), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if code := run(args, bytes.NewReader(in), io.Discard, io.Discard); code != 0 {
					b.Fatal(code)
				}
			}
			b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "comments/s")
		})
	}
}
