/** Fetches a file and hands it to the browser to keep. Throws the status where it was refused. */
export async function saveFile(address: string, name: string, request?: RequestInit) {
  const response = await fetch(address, request)
  if (!response.ok) throw new FileRefused(response.status)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

class FileRefused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`The file was answered ${status}.`)
    this.status = status
  }
}

export const statusOfFile = (error: unknown) => (error instanceof FileRefused ? error.status : undefined)
