package widget

// Version is exported to the tests, which build the widget; Bare to the fuzzing.
var (
	Version = version
	Bare    = bare
)
