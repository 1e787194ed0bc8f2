package main

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/webhooks/telegram"
	"tiski/webhooks/widget"
)

// settings come from the environment: addresses and secrets. What is not a
// secret is a flag.
type settings struct {
	redis         string   // REDIS_URL
	database      string   // DATABASE_URL
	public        string   // PUBLIC_URL: where the world reaches this program
	telegramToken string   // TELEGRAM_BOT_TOKEN
	telegramHook  string   // TELEGRAM_WEBHOOK_SECRET
	telegramAPI   string   // TELEGRAM_API_URL
	telegramPay   string   // TELEGRAM_PAYMENT_TOKEN
	telegramPace  string   // TELEGRAM_LIMITS: messages a second in all, a second to one chat, a minute to one group
	telegramStaff string   // TELEGRAM_STAFF_CHAT: id of a chat that is told when customers wait unseen
	telegramGroup int64    // TELEGRAM_STAFF_GROUP: id of the group with topics in which staff answer; 0: there is none
	widgetSecret  string   // WIDGET_SECRET
	widgetOrigins []string // WIDGET_ORIGINS, separated by commas
	feedHosts     []string // FEED_HOSTS, separated by commas: hosts of our own network that feeds may come from
	paytrail      paytrailSettings
	identity      []widget.IdentityKey // of who visitors of the page are
	stripe        stripeSettings
	woo           wooSettings
	shopify       shopifySettings
	orders        ordersSettings
	window        windowSettings
	chatwoot      chatwootSettings
	oidc          oidcSettings
	smtp          string // SMTP_URL: smtp://user:password@host:port, the mail server of letters to customers
	carriers      carrierSettings
	transcripts   [][]byte // TRANSCRIPT_KEYS: the first seals transcripts, all open them
	collector     string   // OTEL_EXPORTER_OTLP_ENDPOINT: who is told traces; the package of OpenTelemetry reads it and its like itself
}

// settingNames are all settings; variables that begin like one but are none
// stop the start.
var settingNames = []string{
	"REDIS_URL", "DATABASE_URL", "PUBLIC_URL",
	"TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_API_URL", "TELEGRAM_PAYMENT_TOKEN", "TELEGRAM_STAFF_CHAT", "TELEGRAM_STAFF_GROUP", "TELEGRAM_LIMITS",
	"WIDGET_SECRET", "WIDGET_ORIGINS", "FEED_HOSTS", "IDENTITY_SECRET", "IDENTITY_SECRET_OLD", "IDENTITY_PUBLIC_KEY", "IDENTITY_PUBLIC_KEY_OLD", "SMTP_URL", "TRANSCRIPT_KEYS",
	"PAYTRAIL_ACCOUNT", "PAYTRAIL_SECRET", "PAYTRAIL_URL", "STRIPE_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_URL",
	"WOO_URL", "WOO_KEY", "WOO_SECRET", "WOO_WEBHOOK_SECRET",
	"SHOPIFY_SHOP", "SHOPIFY_TOKEN", "SHOPIFY_WEBHOOK_SECRET", "ORDERS_WEBHOOK_URL", "ORDERS_WEBHOOK_SECRET",
	"CHAT_WEBHOOK_URL", "CHAT_WEBHOOK_SECRET", "CHATWOOT_URL", "CHATWOOT_ACCOUNT", "CHATWOOT_TOKEN", "CHATWOOT_SECRET",
	"PAKETTIKAUPPA_KEY", "PAKETTIKAUPPA_SECRET", "PAKETTIKAUPPA_CARRIERS", "PAKETTIKAUPPA_URL",
	"POSTNORD_KEY", "POSTNORD_URL", "MATKAHUOLTO_TRACKING", "MATKAHUOLTO_URL",
	"OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET",
	"OTEL_EXPORTER_OTLP_ENDPOINT",
}

var settingPrefixes = []string{
	"TELEGRAM_", "WIDGET_", "IDENTITY_", "TRANSCRIPT_", "SMTP_", "TISKI_", "FEED_", "PAYTRAIL_", "STRIPE_", "WOO_", "SHOPIFY_", "ORDERS_", "CHAT_", "CHATWOOT_", "PAKETTIKAUPPA_", "POSTNORD_", "MATKAHUOLTO_", "OIDC_",
}

// readSettings reads the environment given as os.Environ gives it.
func readSettings(environ []string) (settings, error) {
	values := map[string]string{}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		ours := slices.ContainsFunc(settingPrefixes, func(p string) bool { return strings.HasPrefix(name, p) })
		if ours && !slices.Contains(settingNames, name) {
			return settings{}, fmt.Errorf("unknown setting %s; the settings are %s", name, strings.Join(settingNames, ", "))
		}
		values[name] = value
	}
	s := settings{
		redis: values["REDIS_URL"], database: values["DATABASE_URL"], public: strings.TrimRight(values["PUBLIC_URL"], "/"),
		telegramToken: values["TELEGRAM_BOT_TOKEN"], telegramHook: values["TELEGRAM_WEBHOOK_SECRET"], telegramAPI: values["TELEGRAM_API_URL"], telegramPay: values["TELEGRAM_PAYMENT_TOKEN"], telegramStaff: values["TELEGRAM_STAFF_CHAT"], telegramPace: values["TELEGRAM_LIMITS"],
		widgetSecret: values["WIDGET_SECRET"], smtp: values["SMTP_URL"],
		paytrail: paytrailSettings{values["PAYTRAIL_ACCOUNT"], values["PAYTRAIL_SECRET"], values["PAYTRAIL_URL"]},
		stripe:   stripeSettings{values["STRIPE_KEY"], values["STRIPE_WEBHOOK_SECRET"], values["STRIPE_URL"]},
		woo:      wooSettings{strings.TrimRight(values["WOO_URL"], "/"), values["WOO_KEY"], values["WOO_SECRET"], values["WOO_WEBHOOK_SECRET"]},
		shopify:  shopifySettings{values["SHOPIFY_SHOP"], values["SHOPIFY_TOKEN"], values["SHOPIFY_WEBHOOK_SECRET"]},
		orders:   ordersSettings{values["ORDERS_WEBHOOK_URL"], values["ORDERS_WEBHOOK_SECRET"]},
		window:   windowSettings{values["CHAT_WEBHOOK_URL"], values["CHAT_WEBHOOK_SECRET"]},
		oidc:     oidcSettings{values["OIDC_ISSUER"], values["OIDC_CLIENT_ID"], values["OIDC_CLIENT_SECRET"]},
		chatwoot: readChatwoot(values), collector: values["OTEL_EXPORTER_OTLP_ENDPOINT"], feedHosts: byCommas(values["FEED_HOSTS"]),
	}
	for _, origin := range byCommas(values["WIDGET_ORIGINS"]) {
		s.widgetOrigins = append(s.widgetOrigins, strings.TrimRight(origin, "/"))
	}
	var err error
	if s.identity, err = readIdentity(values); err != nil {
		return settings{}, err
	}
	if s.telegramGroup, err = readGroup(values["TELEGRAM_STAFF_GROUP"]); err != nil {
		return settings{}, err
	}
	if s.transcripts, err = readTranscriptKeys(values["TRANSCRIPT_KEYS"]); err != nil {
		return settings{}, err
	}
	if s.carriers, err = readCarriers(values); err != nil {
		return settings{}, err
	}
	return s, s.check()
}

// byCommas are the parts of a setting by commas.
func byCommas(setting string) (all []string) {
	for one := range strings.SplitSeq(setting, ",") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

func (s settings) check() error {
	for name, address := range map[string]string{
		"PUBLIC_URL": s.public, "TELEGRAM_API_URL": s.telegramAPI, "PAYTRAIL_URL": s.paytrail.url, "STRIPE_URL": s.stripe.url,
		"WOO_URL": s.woo.url, "ORDERS_WEBHOOK_URL": s.orders.url, "CHAT_WEBHOOK_URL": s.window.url, "CHATWOOT_URL": s.chatwoot.url, "OIDC_ISSUER": s.oidc.issuer, "OTEL_EXPORTER_OTLP_ENDPOINT": s.collector,
	} {
		if u, err := url.Parse(address); address != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
			return fmt.Errorf("%s must be an address such as https://shop.example", name)
		}
	}
	for _, origin := range s.widgetOrigins {
		if u, err := url.Parse(origin); err != nil || u.Host == "" || u.Path != "" {
			return fmt.Errorf("WIDGET_ORIGINS must be origins such as https://shop.example, separated by commas")
		}
	}
	if err := s.window.check(); err != nil {
		return err
	}
	if err := s.chatwoot.check(); err != nil {
		return err
	}
	if err := s.oidc.check(s.public); err != nil {
		return err
	}
	if err := s.checkSystem(); err != nil {
		return err
	}
	if u, err := url.Parse(s.smtp); s.smtp != "" && (err != nil || u.Scheme != "smtp" || u.Hostname() == "") {
		return fmt.Errorf("SMTP_URL must be an address such as smtp://user:password@mail.example:587")
	}
	if s.database != "" && !strings.HasPrefix(s.database, "postgres://") && !strings.HasPrefix(s.database, "postgresql://") {
		return fmt.Errorf("DATABASE_URL must begin with postgres://; without it orders are kept in -data")
	}
	if s.widgetSecret != "" && len(s.widgetSecret) < shortestSecret {
		return fmt.Errorf("WIDGET_SECRET must have at least %d characters", shortestSecret)
	}
	if s.telegramToken != "" && s.public != "" && s.telegramHook == "" {
		return fmt.Errorf("TELEGRAM_WEBHOOK_SECRET is needed when PUBLIC_URL is set")
	}
	if s.telegramGroup != 0 && s.telegramToken == "" {
		return fmt.Errorf("TELEGRAM_STAFF_GROUP needs TELEGRAM_BOT_TOKEN")
	}
	if _, _, err := s.telegramLimits(); err != nil {
		return err
	}
	return s.checkPayments()
}

// telegramHost is the host of the shop's own Bot API server; "" without one.
func (s settings) telegramHost() string {
	u, err := url.Parse(s.telegramAPI)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// readGroup reads the id of the staff's group; 0 for "".
func readGroup(id string) (int64, error) {
	if id == "" {
		return 0, nil
	}
	group, err := strconv.ParseInt(id, 10, 64)
	if err != nil || group >= 0 {
		return 0, fmt.Errorf("TELEGRAM_STAFF_GROUP must be the id of a group, such as -1001234567890")
	}
	return group, nil
}

// environ is the environment of this process.
func environ() (settings, error) { return readSettings(os.Environ()) }

// telegramLimits are how many messages go to Telegram, and the pause between two
// to one chat.
func (s settings) telegramLimits() (telegram.Limits, time.Duration, error) {
	if s.telegramPace == "" {
		return telegram.DefaultLimits, telegramPause, nil
	}
	var second, chat, group int
	n, err := fmt.Sscanf(s.telegramPace+"\n", "%d,%d,%d\n", &second, &chat, &group)
	if err != nil || n != 3 || min(second, chat, group) < 0 {
		return telegram.Limits{}, 0, fmt.Errorf("TELEGRAM_LIMITS must be messages a second in all, a second to one chat and a minute to one group, such as 30,1,20; 0 is no limit")
	}
	pause := time.Duration(0)
	if chat > 0 {
		pause = time.Second / time.Duration(chat)
	}
	return telegram.Limits{Second: second, Group: group}, pause, nil
}
