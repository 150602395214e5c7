import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof openMetrics>

/** Prometheus metrics. Labels are route templates and codes, never ids: cardinality stays small and nothing leaks. */
export function openMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'opsflow_http_request_seconds',
      help: 'Duration of API requests by route and status',
      labelNames: ['route', 'status'] as const,
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    factsRelayed: new Counter({ name: 'opsflow_facts_relayed_total', help: 'Facts carried to sockets', registers }),
    sockets: new Gauge({ name: 'opsflow_sockets', help: 'Connected sockets', registers }),
    readings: new Counter({
      name: 'opsflow_readings_total',
      help: 'Temperature readings by way in and outcome',
      labelNames: ['source', 'outcome'] as const,
      registers,
    }),
    gauge: (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      }),
  }
}
