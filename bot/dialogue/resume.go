package dialogue

import "slices"

// resuming asks which of several interrupted tasks goes on.
var resuming = task{
	kind:    Resume,
	slots:   []slot{{name: "which_task", ask: (*turn).askTask, take: (*turn).takeTask}},
	passing: true,
}

// waiting are the tasks below the question, the one interrupted last first.
func (t *turn) waiting() []Task {
	var all []Task
	for _, k := range slices.Backward(t.Tasks) {
		if k.Kind != Resume {
			all = append(all, k)
		}
	}
	return all
}

func (t *turn) askTask() ([]Part, []Button) {
	var buttons []Button
	for _, k := range t.waiting() {
		buttons = append(buttons, button("task."+k.Kind, "task:"+k.Kind))
	}
	return []Part{part("ask.which_task")}, buttons
}

// takeTask takes "se eka" and a word of the task's name.
func (t *turn) takeTask(m *said) answer {
	waiting := t.waiting()
	for i, k := range waiting {
		named := k.Kind == Buy && (m.has(cueCheckoutWord) || m.has(cueCart)) || k.Kind == Track && m.Has("order_status")
		if named || i == 0 && m.has(cueFirst) || i == 1 && m.has(cueSecond) || i == len(waiting)-1 && m.has(cueLast) {
			t.takeUp(k.Kind)
			return finished
		}
	}
	return notMine
}

// takeUp goes on with a task that waits. It reports whether there is one.
func (t *turn) takeUp(kind string) bool {
	i := slices.IndexFunc(t.Tasks, func(k Task) bool { return k.Kind == kind })
	if i < 0 {
		return false
	}
	k := t.Tasks[i]
	t.begin(k)
	t.moved = true
	return true
}
