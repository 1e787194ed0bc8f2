export const second = 1000 // milliseconds

// jitter spreads what would come at once from everybody.
export const jitter = (ms) => ms * (0.75 + Math.random() / 2)

// Sleep is a sleep that can be cut short.
export class Sleep {
  wakers = new Set()

  for(ms) {
    return new Promise((done) => {
      const wake = () => { clearTimeout(timer); this.wakers.delete(wake); done() }
      const timer = setTimeout(wake, ms)
      this.wakers.add(wake)
    })
  }

  wake() { this.wakers.forEach((wake) => wake()) }
}
