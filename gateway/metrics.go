package gateway

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"parley/dialog"
	"parley/gateway/store"
)

// metrics are what an operator watches. No label holds a conversation, a number or a word.
type metrics struct {
	registry *prometheus.Registry
	turns    *prometheus.HistogramVec
	steps    *prometheus.CounterVec
	sends    *prometheus.CounterVec
	lost     prometheus.Counter
	inbound  *prometheus.HistogramVec
}

func newMetrics(record store.Store) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		turns: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "parley_turn_seconds", Help: "Time from claiming a turn to its commit.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 15)}, []string{"ended"}),
		steps: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parley_steps_total", Help: "Steps of turns, by how they ended."}, []string{"step", "outcome"}),
		sends: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parley_sends_total", Help: "Attempts to send, by how they ended."}, []string{"channel", "status"}),
		lost:  prometheus.NewCounter(prometheus.CounterOpts{Name: "parley_leases_lost_total", Help: "Turns whose lease was lost before they committed."}),
		inbound: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "parley_webhook_seconds", Help: "Time of public requests.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 2, 14)}, []string{"route", "code"}),
	}
	m.registry.MustRegister(m.turns, m.steps, m.sends, m.lost, m.inbound, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &backlog{record: record})
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

func (m *metrics) turn(d time.Duration, e dialog.Effects) {
	ended := "answered"
	switch {
	case slices.ContainsFunc(e.Events, func(ev dialog.Event) bool { return ev.Type == "handoff.requested" }):
		ended = "handed_off"
	case len(e.Outgoing) == 0:
		ended = "silent"
	}
	m.turns.WithLabelValues(ended).Observe(d.Seconds())
	for _, s := range e.Trace.Steps {
		m.steps.WithLabelValues(string(s.Name), string(s.Outcome)).Inc()
	}
}

func (m *metrics) sent(channel string, s store.Settlement) {
	m.sends.WithLabelValues(channel, string(s.Status)).Inc()
}

func (m *metrics) fenced() { m.lost.Inc() }

// backlog reads what waits from the record when it is scraped.
type backlog struct{ record store.Store }

var (
	waiting = prometheus.NewDesc("parley_waiting", "Rows that wait, by kind.", []string{"kind"}, nil)
	held    = prometheus.NewDesc("parley_conversations", "Conversations, by who has control.", []string{"control"}, nil)
	oldest  = prometheus.NewDesc("parley_oldest_input_timestamp_seconds", "When the longest waiting input arrived; 0: none waits.", nil, nil)
)

func (b *backlog) Describe(ch chan<- *prometheus.Desc) { ch <- waiting; ch <- held; ch <- oldest }

func (b *backlog) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	s, err := b.record.Stats(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(waiting, err)
		return
	}
	for kind, n := range map[string]int{"inbox": s.Inbox, "outbox": s.Outbox, "uncertain": s.Uncertain, "handoffs": s.Handoffs} {
		ch <- prometheus.MustNewConstMetric(waiting, prometheus.GaugeValue, float64(n), kind)
	}
	for control, n := range s.Conversations {
		ch <- prometheus.MustNewConstMetric(held, prometheus.GaugeValue, float64(n), string(control))
	}
	at := 0.0
	if !s.OldestInput.IsZero() {
		at = float64(s.OldestInput.UnixMilli()) / 1000
	}
	ch <- prometheus.MustNewConstMetric(oldest, prometheus.GaugeValue, at)
}
