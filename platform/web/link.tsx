'use client'
import {
  type AnchorHTMLAttributes,
  type ComponentType,
  createContext,
  type ReactNode,
  type Ref,
  useContext,
} from 'react'

export type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  href: string
  ref?: Ref<HTMLAnchorElement> | undefined
  children?: ReactNode
}

const LinkComponent = createContext<ComponentType<LinkProps> | 'a'>('a')

/** The app gives its router's link; without one, links are plain anchors. */
export const LinkProvider = LinkComponent.Provider

export function Link(props: LinkProps) {
  const Anchor = useContext(LinkComponent)
  return <Anchor {...props} />
}
