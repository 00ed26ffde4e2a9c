package unpack

import (
	"archive/zip"
	"bufio"
	"bytes"
	"io"
	"io/fs"
)

// Folder is the zip archive in r as a folder, under the same limits as Open; nil
// where r holds none. An archive whose files all stand in one folder is that
// folder. It is for formats that are spread over several files.
func Folder(r io.ReaderAt, size int64) fs.FS {
	magic := make([]byte, 4)
	if n, _ := r.ReadAt(magic, 0); kindOf(magic[:n]) != "zip" {
		return nil
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil // Open says what is wrong
	}
	var folder fs.FS = &zipped{z, &account{in: size}}
	entries, err := fs.ReadDir(folder, ".")
	if err == nil && len(entries) == 1 && entries[0].IsDir() {
		if folder, err = fs.Sub(folder, entries[0].Name()); err != nil {
			return nil
		}
	}
	return folder
}

// Spool makes a zip archive that comes through a pipe fit for Folder: it keeps up
// to MaxSpool bytes of it in memory. at is nil where r holds no zip archive or a
// larger one. whole gives what r would have.
func Spool(r io.Reader) (whole io.Reader, at io.ReaderAt, size int64) {
	if file := section(r); file != nil {
		return r, file, file.Size()
	}
	b := bufio.NewReader(r)
	if magic, _ := b.Peek(4); kindOf(magic) != "zip" {
		return b, nil, 0
	}
	all, err := io.ReadAll(io.LimitReader(b, MaxSpool+1))
	spooled := bytes.NewReader(all)
	if err != nil || len(all) > MaxSpool {
		return io.MultiReader(spooled, b), nil, 0
	}
	return spooled, spooled, int64(len(all))
}

// zipped is a zip archive that keeps account of what comes out of it.
type zipped struct {
	z *zip.Reader
	*account
}

func (z *zipped) Open(name string) (fs.File, error) {
	f, err := z.z.Open(name)
	if err != nil {
		return nil, err
	}
	if _, ok := f.(fs.ReadDirFile); ok {
		return f, nil
	}
	return limited{f, &layer{z.account, f, "zip"}}, nil
}

// limited is a file whose reading counts, and what Open takes out of it as well.
type limited struct {
	fs.File
	*layer
}

// Read is that of the layer.
func (l limited) Read(b []byte) (int, error) { return l.layer.Read(b) }
