type Part = { table: string; by: string; where?: string }

const of = (by: string, ...tables: string[]): Part[] => tables.map((table) => ({ table, by }))
const photos = (owner: string): Part => ({ table: 'evidence', by: 'owner_id', where: `owner_kind = '${owner}'` })

/** What belongs to a record beside its own row: rows of which table, and by which column they name it. */
export const PARTS: Record<string, readonly Part[]> = {
  tasks: [
    ...of('task_id', 'task_attempts', 'task_steps', 'task_comments', 'task_changes', 'task_excuses'),
    photos('task'),
  ],
  corrective_actions: [...of('corrective_action_id', 'corrective_action_steps'), photos('corrective_action')],
  findings: [...of('finding_id', 'finding_steps'), photos('finding')],
  checklists: of(
    'checklist_id',
    ...[
      'checklist_answers',
      'checklist_sign_offs',
      'checklist_handovers',
      'checklist_presences',
      'checklist_excuses',
      'audits',
    ],
  ),
  checklist_answers: [photos('checklist_answer')],
  checklist_templates: of('template_id', 'checklist_template_versions', 'checklist_local_changes'),
  imported_audits: of('audit_id', 'imported_findings', 'imported_photos'),
  units: of('unit_id', 'unit_policies', 'sensors'),
  processes: of('process_id', 'process_steps'),
  haccp_plans: of('plan_id', 'haccp_revisions'),
  haccp_revisions: of('revision_id', 'haccp_signatures'),
  members: of('member_id', 'role_grants', 'member_pins'),
}
