// Package faulttest lets customers talk with the compiled program while its
// processes are killed and paused, its disk is full and its links are cut, and
// then reads what became of every message, reply, order and piece of stock. It
// holds nothing but tests, and needs Linux:
//
//	go test ./bot/faulttest                                          kills the program a few times
//	go test ./bot/faulttest -v -faults                               every fault, a minute or so
//	go test ./bot/faulttest -v -faults -messages 20000 -kills 50 -timeout 30m
package faulttest
