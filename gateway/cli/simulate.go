package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"parley/dialog/llm/openai"
	"parley/gateway/lab"
)

type simulateCmd struct {
	Conversations int           `help:"How many conversations to play." default:"400"`
	Trials        int           `help:"Trials of each scenario, for pass^k." default:"8"`
	Model         string        `help:"What answers: ${enum}." enum:"builtin,ideal,noisy,sycophant,hostile,adaptive,broken,slow,gone,live" default:"builtin"`
	Seed          uint64        `help:"The same seed plays the same conversations." default:"1"`
	Faults        float64       `help:"The chance that a port fails each time it is used." default:"0"`
	Persona       []string      `help:"Play these debtors alone."`
	Report        string        `help:"Write the report to this file: .html, .md." placeholder:"FILE"`
	Calibrate     string        `help:"Fit the weights of confidence and write them to this file; the report then is of that." placeholder:"FILE"`
	BaseURL       string        `help:"The endpoint of --model live." placeholder:"URL"`
	ModelName     string        `help:"The model's name at that endpoint." default:"model"`
	ModelTimeout  time.Duration `help:"How long the endpoint may take for one answer." default:"20s"`
}

// Run plays simulated conversations. It fails when a rule was broken.
func (c simulateCmd) Run(w *world) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	o := lab.Options{Conversations: c.Conversations, Trials: c.Trials, Model: lab.Model(c.Model), Seed: c.Seed, Faults: c.Faults, Personas: c.Persona, Done: progress(w.err)}
	if o.Model == lab.Live {
		m, err := openai.New(openai.Config{BaseURL: c.BaseURL, Model: c.ModelName, Timeout: c.ModelTimeout, AttemptTimeout: c.ModelTimeout, MaxAttempts: 1, BreakerFailures: 1 << 20})
		if err != nil {
			return unusable{err}
		}
		o.Live, o.Workers, o.ModelBudget = m, 1, 2*c.ModelTimeout
	}
	if c.Calibrate != "" {
		return c.calibrate(ctx, w, o)
	}
	r, err := lab.Run(ctx, o)
	if err != nil {
		return unusable{err}
	}
	if err := r.Summary(w.out); err != nil {
		return err
	}
	if err := c.write(r.Markdown, r.HTML); err != nil {
		return err
	}
	if r.Violations > 0 {
		return fmt.Errorf("%d violations: see the report", r.Violations)
	}
	return nil
}

func (c simulateCmd) calibrate(ctx context.Context, w *world, o lab.Options) error {
	fit, err := lab.Calibrate(ctx, o)
	if err != nil {
		return unusable{err}
	}
	src, err := fit.JSON()
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.Calibrate, src, 0o644); err != nil {
		return err
	}
	if err := fit.Markdown(w.out); err != nil {
		return err
	}
	return c.write(fit.Markdown, fit.Markdown)
}

// write writes the report by the file's ending.
func (c simulateCmd) write(md, html func(io.Writer) error) error {
	if c.Report == "" {
		return nil
	}
	render := md
	if strings.HasSuffix(c.Report, ".html") {
		render = html
	}
	var b bytes.Buffer
	if err := render(&b); err != nil {
		return err
	}
	return os.WriteFile(c.Report, b.Bytes(), 0o644)
}

// progress says every twentieth how far it is.
func progress(w io.Writer) func(done, of int) {
	var mu sync.Mutex
	last := -1
	return func(done, of int) {
		mu.Lock()
		defer mu.Unlock()
		if step := done * 20 / of; step > last || done == of {
			last = step
			fmt.Fprintf(w, "\r%d of %d conversations", done, of)
			if done == of {
				fmt.Fprintln(w)
			}
		}
	}
}
