/** A function that does `work` once it has not been called for `delay` milliseconds; it has a method `cancel`. */
export function debounce(work, delay) {
  let timer
  const schedule = () => {
    clearTimeout(timer)
    timer = setTimeout(work, delay)
  }
  schedule.cancel = () => clearTimeout(timer)
  return schedule
}

/** A function that answers as `ask` does, but with undefined where it was called again, or cancelled, meanwhile. */
export function latest(ask) {
  let number = 0
  const askLatest = async (...words) => {
    const mine = ++number
    const answer = await ask(...words)
    return mine === number ? answer : undefined
  }
  askLatest.cancel = () => number++
  return askLatest
}
