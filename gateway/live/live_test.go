package live_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway/live"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestWhoIsThere(t *testing.T) {
	t.Parallel()
	l := live.NewLocal()
	var heard []live.Notice
	stop := l.Subscribe(func(n live.Notice) { heard = append(heard, n) })
	l.Enter("s1", "dana")
	l.Enter("s2", "dana")
	l.Enter("s3", "luis")
	l.View("s1", "cv_1")
	l.View("s1", "cv_1")
	l.View("s2", "cv_2")
	l.Type("s2", "cv_2", noon)
	l.View("unknown", "cv_9")
	l.Type("unknown", "cv_9", noon)
	want := []live.Seen{{Name: "dana", Viewing: []string{"cv_1", "cv_2"}, Typing: []string{"cv_2"}}, {Name: "luis"}}
	if diff := cmp.Diff(want, l.There(noon.Add(live.TypingFor-1))); diff != "" {
		t.Error(diff)
	}
	t.Run("who has stopped types no more", func(t *testing.T) {
		if got := l.There(noon.Add(live.TypingFor)); len(got[0].Typing) != 0 {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("who has two sockets and closes one is still there", func(t *testing.T) {
		l.Leave("s1")
		l.Leave("s1")
		if got := l.There(noon); len(got) != 2 || !slices.Equal(got[0].Viewing, []string{"cv_2"}) {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("each change is told once", func(t *testing.T) {
		presence, viewing := 0, 0
		for _, n := range heard {
			switch n.Kind {
			case live.KindPresence:
				presence++
			case live.KindViewing:
				viewing++
			}
		}
		if presence != 4 || viewing != 4 {
			t.Errorf("%d and %d: %+v", presence, viewing, heard)
		}
	})
	t.Run("who no longer listens hears nothing", func(t *testing.T) {
		n := len(heard)
		stop()
		l.Publish(live.Notice{Kind: live.KindWhisper, To: "dana"})
		if len(heard) != n {
			t.Error("it was heard")
		}
	})
}
