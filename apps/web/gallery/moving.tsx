'use client'
import { Avatar, Card, Panel, Steps, Tabs, Tree } from '@opsflow/platform/web'
import { Building2, MapPin } from 'lucide-react'
import { useState } from 'react'
import { Part, Row } from './part.tsx'
import { useWords } from './words.ts'

export function Moving() {
  const all = useWords()
  const words = all.moving
  const [tab, setTab] = useState<'open' | 'done'>('open')
  const [node, setNode] = useState('north')
  const [organization, north, south, ...places] = words.branches
  const leaf = (index: number) => ({ id: `place-${index}`, label: places[index], icon: <MapPin aria-hidden /> })
  return (
    <Part id="moving" title={all.sections.moving}>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title={words.tree}>
          <Tree
            label={words.tree}
            selected={node}
            onSelect={setNode}
            openAtFirst={['organization', 'north']}
            items={[
              {
                id: 'organization',
                label: organization,
                hint: 3,
                icon: <Building2 aria-hidden />,
                children: [
                  { id: 'north', label: north, hint: 2, children: [leaf(0), leaf(1)] },
                  { id: 'south', label: south, hint: 1, children: [leaf(2)] },
                ],
              },
            ]}
          />
        </Panel>
        <div className="grid gap-5">
          <Card>
            <Tabs
              label={words.tabs}
              tabs={[
                { id: 'open', label: words.open, count: 3 },
                { id: 'done', label: words.done, count: 12 },
              ]}
              value={tab}
              onChange={setTab}
            >
              <p className="p-4 text-sm">{tab === 'open' ? words.openText : words.doneText}</p>
            </Tabs>
          </Card>
          <Steps
            label={words.steps}
            steps={words.stepNames.map((label, index) => ({ id: String(index), label }))}
            current="2"
          />
          <Row>
            <Avatar name="Ana María López" size="large" />
            <Avatar name="Bo Larsen" size="medium" />
            <Avatar name="Chidi" />
          </Row>
        </div>
      </div>
    </Part>
  )
}

export function Motion() {
  const all = useWords()
  return (
    <Part id="motion" title={all.sections.motion}>
      <div className="reveal grid grid-cols-2 gap-3 sm:grid-cols-4">
        {[1, 2, 3, 4].map((number) => (
          <Card key={number} className="p-5 text-sm">
            {all.motion.card} {number}
          </Card>
        ))}
      </div>
      <div className="relative overflow-hidden rounded-xl border border-line">
        <div aria-hidden className="grid h-40 grid-cols-5">
          <span className="bg-ok" />
          <span className="bg-warn" />
          <span className="bg-danger" />
          <span className="bg-info" />
          <span className="bg-accent" />
        </div>
        <p className="glass absolute inset-x-6 inset-y-8 flex items-center rounded-xl border border-line px-5 text-sm">
          {all.motion.glass}
        </p>
      </div>
    </Part>
  )
}
