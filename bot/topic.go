package bot

import "time"

// Topic is where staff see a conversation in a group of Telegram.
type Topic struct {
	Chat         int64 // the group
	Thread       int   // the topic in it
	Conversation string
	Seq          int64     // of the last message that is shown
	Told         string    // who has the conversation, as told last; "" when nobody but the bot: the topic is closed
	At           time.Time // when it was told
}
