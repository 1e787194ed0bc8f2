package intents

import "math"

// indirect learns labels by way of hidden sums of features, of which only
// those above zero count.
type indirect struct {
	labels, sums int
	rows         []float32 // sums for every feature
	output       []float32 // sums for every label
	bias         []float32
}

// Settings of the hidden sums, chosen on held-out messages.
const (
	hiddenRounds = 8
	hiddenPace   = 0.4
	hiddenStart  = 0.1 // spread of the first weights of features
	outputPace   = 0.1 // of the pace
	deaf         = 0.3 // share of the sums that are not listened to, by chance
)

func (in *indirect) learn(lessons []lesson, features int) {
	n, d := in.labels, in.sums
	in.rows, in.output, in.bias = make([]float32, features*d), make([]float32, n*d), make([]float32, n)
	pupil := newPupil(5, len(lessons))
	for i := range in.rows {
		in.rows[i] = float32(pupil.chance.NormFloat64() * hiddenStart)
	}
	for i := range in.output {
		in.output[i] = float32(pupil.chance.NormFloat64() * math.Sqrt(2/float64(d)))
	}
	moved, outputMoved := make([]float32, features), make([]float32, n)
	sums, back, p := make([]float32, d), make([]float32, d), make([]float32, n)
	for round := range hiddenRounds {
		pace := hiddenPace * (1 - float32(round)/hiddenRounds)
		for i := range pupil.round() {
			row := pupil.look(&lessons[i])
			clear(sums)
			for _, x := range row {
				w := in.rows[int(x.row)*d : int(x.row)*d+d]
				for k := range sums {
					sums[k] += w[k] * x.value
				}
			}
			for k := range sums {
				if sums[k] < 0 || pupil.chance.Float32() < deaf {
					sums[k] = 0
				}
				sums[k] /= 1 - deaf
			}
			for l := range p {
				p[l] = in.bias[l]
				w := in.output[l*d : l*d+d]
				for k := range sums {
					p[l] += w[k] * sums[k]
				}
			}
			softmax(p)
			p[lessons[i].label]--
			if pupil.knows(i, -p[lessons[i].label]) {
				continue
			}
			in.correct(row, sums, back, p, pace, moved, outputMoved)
		}
	}
}

// correct moves the weights against the error p of a message.
func (in *indirect) correct(row []cell, sums, back, p []float32, pace float32, moved, outputMoved []float32) {
	d := in.sums
	clear(back)
	var loud float32
	for k := range sums {
		loud += sums[k] * sums[k]
	}
	for l, e := range p {
		if e > -leastMiss && e < leastMiss {
			continue
		}
		outputMoved[l] += e * e * loud / float32(d)
		step := pace * outputPace * e / float32(math.Sqrt(float64(outputMoved[l])+1e-4))
		in.bias[l] -= step * outputPace
		w := in.output[l*d : l*d+d]
		for k := range sums {
			back[k] += e * w[k]
			w[k] -= step * sums[k]
		}
	}
	var miss float32
	for k := range back {
		if sums[k] <= 0 {
			back[k] = 0
		}
		back[k] /= 1 - deaf
		miss += back[k] * back[k]
	}
	miss /= float32(d)
	for _, x := range row {
		moved[x.row] += miss * x.value * x.value
		step := pace * x.value / float32(math.Sqrt(float64(moved[x.row])+1e-6))
		w := in.rows[int(x.row)*d : int(x.row)*d+d]
		for k := range back {
			w[k] -= step * back[k]
		}
	}
}
