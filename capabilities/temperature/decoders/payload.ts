/** What a payload says, in the field names of the device's own documentation. */
export type Decoded = { [field: string]: DecodedValue }
export type DecodedValue = string | number | boolean | null | DecodedValue[] | { [field: string]: DecodedValue }

/** A temperature in a payload. `value` null: the device says that it has none (probe unplugged, read error). */
export type PayloadReading = {
  /** Which thermometer of the device: most have one, `temperature`. */
  channel: string
  value: number | null
  unit: 'C'
  /** Milliseconds since 1970 where the device dates it (history in its memory); null means now. */
  measuredAt: number | null
}

/** How one family of devices packs its bytes. `decode` may read past the end: the reader stops it. */
export type Codec = {
  devices: readonly string[]
  /** Where the device uses fixed ports; others let the owner choose. */
  fPorts?: readonly number[]
  decode: (bytes: PayloadReader, device: string) => Decoded
  readings: (decoded: Decoded) => PayloadReading[]
}

/** The payload ends before, or says something other than, what its layout promises. */
export class BadPayload extends Error {}

export class PayloadReader {
  private readonly view: DataView
  private offset = 0

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get remaining() {
    return this.view.byteLength - this.offset
  }

  u8 = () => this.view.getUint8(this.advance(1))
  i8 = () => this.view.getInt8(this.advance(1))
  u16 = () => this.view.getUint16(this.advance(2))
  i16 = () => this.view.getInt16(this.advance(2))
  u24 = () => this.u8() * 65_536 + this.u16()
  u32 = () => this.view.getUint32(this.advance(4))
  i16le = () => this.view.getInt16(this.advance(2), true)
  u32le = () => this.view.getUint32(this.advance(4), true)
  skip = (count: number) => void this.advance(count)
  hex = (count: number) =>
    Array.from({ length: count }, () => this.u8().toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase()

  private advance(count: number): number {
    if (this.remaining < count) throw new BadPayload('truncated')
    const at = this.offset
    this.offset += count
    return at
  }
}

export const reading = (
  channel: string,
  value: DecodedValue | undefined,
  measuredAt: number | null = null,
): PayloadReading => ({
  channel,
  value: typeof value === 'number' && Number.isFinite(value) ? value : null,
  unit: 'C',
  measuredAt,
})

/** The objects of a list field, such as `history`. */
export const entries = (value: DecodedValue | undefined): { [field: string]: DecodedValue }[] =>
  Array.isArray(value) ? value.filter(isObject) : []

const isObject = (value: DecodedValue): value is { [field: string]: DecodedValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
