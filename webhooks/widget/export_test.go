package widget

// Version is exported to the tests, which build the widget.
var Version = version
