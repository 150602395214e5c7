/**
 * The edition of the contract between the server and the app it serves. An app that stayed open, or was kept on a
 * device, names its own with each request. Raise it with a change that an app of before would misread, and say in
 * `oldestEdition` from which one on an app may still speak: an older one is told to renew itself, and its unsent work
 * waits until it has.
 */
export const contractEdition = 1
export const oldestEdition = 1

export const editionHeader = 'x-opsflow-edition'
