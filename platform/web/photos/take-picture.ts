/** A picture made small on this device, where there is no record it belongs to yet. Its code comes when it is needed. */
export async function takePicture(file: Blob): Promise<Blob> {
  const { takePhoto } = await import('./take-photo.ts')
  const { bytes } = await takePhoto(file)
  return new Blob([bytes], { type: 'image/jpeg' })
}
