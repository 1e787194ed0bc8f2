package dialogue

// tasks are all that a customer can be in the middle of. To add one, write it
// in a file of its own and name it here.
var tasks = []*task{
	&finding, &wondering, &adding, &removing, &buying, &tracking,
	&returning, &exchanging, &withdrawing, &complaining, &changing, &erasing, &rating, &lacking, &leaving, &reviewing, &subscribing, &choosingBy, &consenting, &amending, &joining, &resuming,
}
