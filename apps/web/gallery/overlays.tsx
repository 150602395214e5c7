'use client'
import {
  Button,
  buttonClass,
  type Command,
  CommandPalette,
  ConfirmDialog,
  Definition,
  Dialog,
  Field,
  Input,
  Menu,
  Popover,
  useToast,
} from '@opsflow/platform/web'
import { useState } from 'react'
import { Part, Row } from './part.tsx'
import { useWords } from './words.ts'

type Open = 'dialog' | 'sheet' | 'confirm' | undefined

export function Overlays() {
  const all = useWords()
  const words = all.overlays
  const toast = useToast()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const undo = () => toast({ message: words.undone })
  return (
    <Part id="overlays" title={all.sections.overlays}>
      <Row>
        <Menu
          className={buttonClass()}
          sections={[
            {
              id: 'do',
              items: [
                { id: 'first', label: words.first, onSelect: () => toast({ message: words.first }) },
                { id: 'second', label: words.second, onSelect: () => toast({ message: words.second }) },
              ],
            },
            { id: 'show', items: [{ id: 'mine', label: words.chosen, checked: true, onSelect: undo }] },
          ]}
        >
          {words.menu}
        </Menu>
        <Button onClick={() => setOpen('dialog')}>{words.dialog}</Button>
        <Button onClick={() => setOpen('sheet')}>{words.sheet}</Button>
        <Button onClick={() => setOpen('confirm')}>{words.confirm}</Button>
        <Popover className={buttonClass()} content={words.popoverText}>
          {words.popover}
        </Popover>
        <span className="inline-flex items-center gap-1.5 text-sm">
          {words.compliance}
          <Definition of={words.compliance}>{words.complianceText}</Definition>
        </span>
      </Row>
      <Row>
        <Button onClick={() => toast({ message: words.done, undo })}>{words.toast}</Button>
        <Button onClick={() => toast({ message: words.notDone, tone: 'danger' })}>{words.failed}</Button>
        <Palette />
      </Row>
      <Dialog
        open={open === 'dialog'}
        onClose={close}
        title={words.dialog}
        description={words.body}
        footer={<Button onClick={close}>{words.first}</Button>}
      >
        <Field label={all.fields.text}>
          <Input />
        </Field>
      </Dialog>
      <Dialog open={open === 'sheet'} onClose={close} title={words.sheet} description={words.body} place="sheet">
        <Field label={all.fields.text}>
          <Input />
        </Field>
      </Dialog>
      <ConfirmDialog
        open={open === 'confirm'}
        title={words.question}
        action={words.remove}
        onConfirm={close}
        onClose={close}
      >
        {words.questionText}
      </ConfirmDialog>
    </Part>
  )
}

function Palette() {
  const all = useWords()
  const commands = (): Command[] =>
    Object.entries(all.sections).map(([id, label]) => ({
      id,
      label,
      group: all.overlays.go,
      run: () => document.getElementById(id)?.scrollIntoView(),
    }))
  return (
    <CommandPalette commands={commands}>
      {(open) => <Button onClick={open}>{all.overlays.palette}</Button>}
    </CommandPalette>
  )
}
