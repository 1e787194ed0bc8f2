package catalog

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestServiceFile(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		`{alarm: 0}`:     `service.yaml:1: "0" is not a whole number from 1 to 1440`,
		`{quiet: 1441}`:  `service.yaml:1: "1441" is not a whole number from 1 to 1440`,
		`{email: tiski}`: `service.yaml:1: email "tiski" has no @`,
		`{replies: [{id: a, text: {fi: Hei}}, {id: a, text: {fi: Moi}}]}`:         `service.yaml:1: the reply a stands here twice`,
		`{replies: [{id: a, text: {fi: Hei}, image: puuttuu.svg}]}`:               `service.yaml:1: there is no images/puuttuu.svg`,
		`{replies: [{id: a, text: {fi: Hei}, image: "https://a.example/a.png"}]}`: `service.yaml:1: image "https://a.example/a.png" is not a file of the shop`,
		`{replies: [{id: a}]}`: `service.yaml:1: text is missing`,
	} {
		l := loader{fsys: fstest.MapFS{"service.yaml": {Data: []byte(document)}}, shop: &Shop{}}
		l.service()
		if len(l.mistakes) != 1 || !strings.HasPrefix(l.mistakes.Error(), want) {
			t.Errorf("%s: %v", document, l.mistakes)
		}
	}
	l := loader{fsys: os.DirFS("demo"), shop: &Shop{}}
	l.service()
	if s := l.shop.Service; len(l.mistakes) > 0 || s.Alarm != 5*time.Minute || len(s.Replies) == 0 || len(s.Labels) == 0 {
		t.Errorf("%+v, %v", s, l.mistakes)
	}
	l = loader{fsys: fstest.MapFS{}, shop: &Shop{}}
	if l.service(); l.shop.Service.Alarm != defaultAlarm || l.shop.Service.Quiet != defaultQuiet || len(l.mistakes) > 0 {
		t.Errorf("without a file: %+v, %v", l.shop.Service, l.mistakes)
	}
}
