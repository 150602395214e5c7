type Group = { id: string; parentId: string | null; name: string }

/** Where a group or location lies, nearest last. Of what the viewer sees. */
export function pathOfGroup(groups: readonly Group[], id: string | null): string {
  const names: string[] = []
  for (let at = groups.find((group) => group.id === id); at && names.length < 10; ) {
    names.unshift(at.name)
    const { parentId } = at
    at = groups.find((group) => group.id === parentId)
  }
  return names.join(' › ')
}
