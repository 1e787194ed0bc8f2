package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"tiski/bot"
)

// lastTraces is how long the last traces may take at the stop.
const lastTraces = time.Second

// traces tell a collector of inputs by OTLP over HTTP, as the variables
// OTEL_EXPORTER_OTLP_… and OTEL_TRACES_SAMPLER… say. They are made of what was
// measured anyway, after the answer.
type traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

func openTraces(ctx context.Context, log *slog.Logger) (*traces, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("open the traces: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces cannot be sent", "err", err) }))
	about := resource.NewSchemaless(attribute.String("service.name", "tiski"))
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about))
	return &traces{provider, provider.Tracer("tiski")}, nil
}

// handled tells of one input and its stages.
func (t *traces) handled(h bot.Handled) {
	at := h.Start
	ctx, whole := t.tracer.Start(context.Background(), h.Channel+" "+h.Kind, trace.WithTimestamp(at), trace.WithAttributes(
		attribute.String("conversation", h.Conversation), attribute.String("input", h.Input), attribute.Int("conflicts", h.Conflicts)))
	if h.Failed {
		whole.SetStatus(codes.Error, "not committed")
	}
	for _, stage := range []struct {
		name string
		took time.Duration
	}{{"load", h.Load}, {"read", h.Read}, {"step", h.Step}, {"commit", h.Commit}} {
		if stage.took == 0 {
			continue
		}
		_, span := t.tracer.Start(ctx, stage.name, trace.WithTimestamp(at))
		at = at.Add(stage.took)
		span.End(trace.WithTimestamp(at))
	}
	whole.End(trace.WithTimestamp(at))
}

// close sends what waits.
func (t *traces) close() {
	ctx, cancel := context.WithTimeout(context.Background(), lastTraces)
	defer cancel()
	_ = t.provider.Shutdown(ctx) // told by the error handler
}
