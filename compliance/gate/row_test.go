package gate

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheSampleRowsAreAllRight(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/contact_gate.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows := 0
	for sc := bufio.NewScanner(file); sc.Scan(); rows++ {
		var want struct {
			ID     string
			Expect map[string]any
		}
		if err := json.Unmarshal(sc.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		got, err := CheckRow(json.RawMessage(sc.Bytes()))
		if err != nil {
			t.Errorf("%s: %v", want.ID, err)
			continue
		}
		data, _ := json.Marshal(got)
		var flat map[string]any
		if err := json.Unmarshal(data, &flat); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Expect, flat); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", want.ID, diff)
		}
	}
	if rows == 0 {
		t.Fatal("no rows")
	}
}
