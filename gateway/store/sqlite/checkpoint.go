package sqlite

const (
	// checkpointAfter is after how many statements of the writer the journal is copied back
	// into the file. In commits of one message each changes about four pages of 4 KiB.
	checkpointAfter = 2500
	// maxJournal is at how many pages of journal the writer does it itself, as part of a commit.
	// The checkpointer alone might never get to the end of a journal that is written all the time,
	// and only there can it begin anew.
	maxJournal = 16000
)

// checkpointer copies the journal back into the file beside the writer, on a
// connection of its own: what is committed is durable in the journal before that, so
// no commit has to wait for it.
type checkpointer struct {
	c    *conn
	bell chan struct{}
	done chan struct{}
}

func newCheckpointer(c *conn) *checkpointer {
	return &checkpointer{c: c, bell: make(chan struct{}, 1), done: make(chan struct{})}
}

// ring asks for a checkpoint and doesn't wait for it.
func (p *checkpointer) ring() {
	select {
	case p.bell <- struct{}{}:
	default:
	}
}

func (p *checkpointer) run() {
	defer close(p.done)
	for range p.bell {
		// It goes as far as readers let it, and waits for nobody. What fails here is made up for by
		// the next one, or by the writer, whose error is told.
		var busy, pages, copied int
		_ = p.c.Row(`PRAGMA wal_checkpoint(PASSIVE)`).Scan(&busy, &pages, &copied)
	}
}

// stop ends it, once nobody rings any more.
func (p *checkpointer) stop() error {
	close(p.bell)
	<-p.done
	return p.c.close()
}
