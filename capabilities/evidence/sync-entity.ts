/** As the feed and the replicas name the rows of evidence. Apart from its schema: a page needs no zod. */
export const evidenceEntity = 'evidence'
