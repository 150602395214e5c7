import { createHash, createHmac } from 'node:crypto'

/**
 * What a device delivers with when its person's session is no more. Made from the client's name, so that it can be told
 * again when the first answer was lost; kept as a digest.
 */
export const drainKeys = (secret: string) => ({
  keyOf: (tenantId: string, clientId: string): string =>
    createHmac('sha256', secret).update(`sync drain ${tenantId} ${clientId}`).digest('base64url'),
})

export const drainKeyHash = (key: string): Buffer => createHash('sha256').update(key).digest()
