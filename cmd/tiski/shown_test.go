package main

import (
	"slices"
	"testing"
)

func TestSettingsAreToldWithoutSecrets(t *testing.T) {
	t.Parallel()
	got := shownSettings([]string{
		"REDIS_URL=redis://tiski:salasana@redis.example:6379/0", "DATABASE_URL=postgres://tiski:salasana@db.example/tiski?password=salasana",
		"TELEGRAM_BOT_TOKEN=12345:salasana", "STRIPE_KEY=salasana", "PAYTRAIL_ACCOUNT=375917", "WIDGET_SECRET=salasana",
		"ORDERS_WEBHOOK_URL=https://shop.example/in/salasana", "SMTP_URL=salasana", "WIDGET_ORIGINS=https://shop.example", "WOO_KEY=", "TRANSCRIPT_KEYS=salasana", "IDENTITY_PUBLIC_KEY=avain", "PATH=/salasana",
	})
	want := []string{
		"DATABASE_URL = postgres://db.example", "IDENTITY_PUBLIC_KEY = avain", "ORDERS_WEBHOOK_URL = https://shop.example", "PAYTRAIL_ACCOUNT = 375917", "REDIS_URL = redis://redis.example:6379",
		"SMTP_URL = an address", "STRIPE_KEY = a secret of 8 characters", "TELEGRAM_BOT_TOKEN = a secret of 14 characters", "TRANSCRIPT_KEYS = a secret of 8 characters",
		"WIDGET_ORIGINS = https://shop.example", "WIDGET_SECRET = a secret of 8 characters",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
