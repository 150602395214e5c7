const LABEL_WIDTH = 12
const CLEAR = '\r\u001b[2K'

export const say = (line: string) => console.log(line)

/**
 * One line for each step: what it is doing while it runs (on a terminal), what came of it and how long it took at the
 * end. The step tells its progress; what it told last is what came of it.
 */
export async function step<T>(label: string, work: (tell: (progress: string) => void) => Promise<T>): Promise<T> {
  const begun = performance.now()
  let told = ''
  const show = () => process.stdout.isTTY && process.stdout.write(`${CLEAR}  · ${label.padEnd(LABEL_WIDTH)} ${told} …`)
  show()
  try {
    const result = await work((progress) => {
      told = progress
      show()
    })
    finish('✓', label, `${told}  ${inSeconds(performance.now() - begun)}`)
    return result
  } catch (error) {
    finish('✗', label, 'did not finish')
    throw error
  }
}

function finish(mark: string, label: string, outcome: string) {
  console.log(`${process.stdout.isTTY ? CLEAR : ''}  ${mark} ${label.padEnd(LABEL_WIDTH)} ${outcome}`)
}

const inSeconds = (milliseconds: number) => `(${(milliseconds / 1000).toFixed(1)} s)`
