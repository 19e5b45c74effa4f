"""The words of a workshop, in lower case and without hyphens, and the short forms all know."""

from __future__ import annotations


def _terms(text: str) -> frozenset[str]:
    return frozenset(one.strip() for one in text.replace("\n", ",").split(",") if one.strip())


HEAVY = _terms("""
rbac, crd, finalizer, reconciler, reconciliation loop, cgroup, kubeconfig, iam policy, iam role
claim mapping, idp initiated, saml assertion, vpc peering, rate limit bucket
oauth grant
alb, autoscaler, autovacuum, availability zone, backfill, backlog grooming, backoff
backpressure, bearer token, behind a flag, bff, bgp, bikeshedding, bisect, blast radius
bloom filter, blue green, bounded context, btree, buffer overflow, bundler, cache busting
cache eviction, cache invalidation, cache key, cache miss, cache stampede, call stack, canaried
canaries, canary, cardinality, cherry pick, cherrypick, ci pipeline, cidr, circuit breaker
code freeze, code path, codepath, cold start, conn pool, connection pool, connection pooler
consistent hashing, consumer group, consumer lag, control loop, control plane, cordon
core dump, coroutine, crashloop, crashloopbackoff, daemonset, dark launch, data plane
dead letter, deadlock, debounce, debounced, denormalized, dependency injection, dlq, dogfood
dogfooded, dogfooding, downstream consumer, downstream service, e2e, edge cache, edge node, elb
envoy, ephemeral port, error budget, etcd, event bus, event loop, event sourcing
eventual consistency, eventually consistent, exponential backoff, failed over, failover
fan out, fanout, fd leak, feature flag, feature gate, file descriptor, flagged off, flaky test
footer metadata, foreign key constraint, garbage collection, garbage collector, gc, gc pause
gossip protocol, greenfield, groomed, grpc, haproxy, heap, heap dump, helm chart
high water mark, hot path, hot shard, hot standby, hotfix, hpa, hydrate, hydration, icp
idempotency, idempotent, in flight, index bloat, ingest pipeline, ingest worker
ingestion pipeline, ingestion worker, ingress controller, init container, interceptor, iops
istio, job queue, jwks, kernel panic, kill switch, kubelet, l2, l3, leader election
leaky bucket, lgtm, liveness probe, load balancer, lock contention, marshal, materialized view
memcached, memoize, memoized, memory leak, merge conflict, message bus, microservice, monorepo
mtls, mttd, mttr, mtu, multitenant, mutex, mvcc, n+1, nat gateway, nit, noc, node pool
nodepool, noisy neighbor, noisy neighbour, nonce, nonidempotent, npe, null pointer
nullpointerexception, off by one, oidc, okr, oom, oomed, oomkill, oomkilled, p0, p1, p2, p50
p90, p95, p99, p99.9, p999, pagerduty, partition rebalance, pgbouncer, pod eviction
poison message, poison pill, polyfill, postmortem, preprod, protobuf, pubsub, pvc, qos class
query planner, queue depth, quorum, race condition, rate limiter, ratelimiter, rca
read replica, readiness probe, rebalance, rebalancing, redrive, revops,
region failover, release train
replica lag, replicaset, replication lag, repro, reshard, resharding, retry policy, retry storm
reverse proxy, row group, row lock, rpc, runbook, scheduler daemon, schema drift
schema registry, scim, segfault, semaphore, seq scan, sequential scan, serde, service mesh
session affinity, sev0, sev1, sev2, sev3, shard, sharding, sidecar, sidekiq, singleton, sli
slo, smoke test, sni, split brain, sre, ssr, stack frame, stack trace, stale cache, statefulset
sticky session, story point, subnet, swimlane, sync worker, syscall, table bloat, tail latency
taint, tcp reset, tech debt, tenant shard, thread pool, thread starvation, threadpool, thrift
thundering herd, tier 2, tier 3, tls handshake, toil, token bucket, token refresh, tombstone
transpile, tree shaking, two phase commit, unmarshal, upsert, upstream dependency
upstream provider, upstream service, upstream vendor, vacuum, wal, war room, watermark, webpack
wip, wire protocol, worker node, worker pool, write ahead log, write amplification, yak shaving
zookeeper
""")
"""One of these is enough to lose a reader."""
LIGHT = _terms("""
airflow, ansible, artefact, artifact, async, atomic, backlog, backport, broker, build artifact
cassandra, celery, checkpoint, churn, cluster, compaction, container, cron, cron job, cronjob
daemon, dbt, deserialization, devops, devrel, downstream, dynamodb, egress, elasticsearch, enum
epic, escalation path, evicted, executor, finops, gated, handshake, heap, heartbeat, helm
in prod, infosec, infra, ingest, ingestion, ingress, k8s, kafka, kanban, kubernetes, lambda
latency, linter, middleware, mutation, namespace, nginx, node, normalization, offset, on prod
oncall, ops, orphaned, parquet, partition, payload, pod, prod, provisioned, rabbitmq, rebase
rebased, redis, refactor, refactoring, refresh token, regression, reindex, reindexing, replica
resolver, roll back, rollback, rolled back, rollout, schema, secops, serialization
sprint, staging, stderr, stdout, telemetry, tenant, terraform, throttle, throttled, throttling
throughput, to prod, triage, triaged, trunk, unit test, upstream
""")
"""Of these a reader knows one or another; a crowd of them loses many."""
KNOWN = frozenset(
    """
    A ADD AFAIK AFTER AI ALL ALWAYS AM AN AND ANY API APP APR AS ASAP ASCII AT AUG AWS BCC BE
    BEFORE BI BTW BY CAN CC CEO CEST CET CLI CPU CRM CSS CSV CTO CV DATE DB DEC DELETE DHL DM
    DMS DNS DO DOC DOWN EDT EN EOB EOD EOW ERP EST ET ETA ETC EU EUR FALSE FAQ FEB FOR FRI
    FROM FTP FULL FWIW FYI GB GBP GCP GDPR GET GIF GIT GMT GO GPS GPU GUI HAVE HERE HI HQ HR
    HTH HTML HTTP HTTPS I IBAN ID IDE IE IF IIRC IMAP IMHO IMO IMPORTANT IN IOS IP IPS IS ISO
    IST IT JAN JPEG JPG JS JSON JUL JUN JUST KB KPI LAN LED LINK LLC LOL LTD MAC MAR MAY MB
    MFA MIT MON MUST MY NA NAME NB NDA NEVER NEW NO NOPE NOT NOTE NOV NOW NULL OCT OF OK OLD
    OMG ON ONE ONLY OR OS OTP OUR OUT OVER PC PDF PDT PHP PIN PLC PLEASE PM PNG PO POC POST
    PPT PR PRO PS PST PT PUT QA QR RAM README REST ROI RTFM SAAS SAT SDK SELECT SEO SEP SEPA
    SET SFTP SIM SLA SMS SMTP SO SORRY SQL SSH SSL SSO STILL SUN SVG TB TBC TBD TCP THANKS
    THAT THE THIS THU TIA TLS TO TODO TRUE TUE TV TWO TXT UI UK UP UPS URI URL US USA USB USD
    UTC UX VAT VERY VIP VM VPN VS WE WED WHERE WIFI WILL WITH WWW XLS XLSX XML YAML YES YOU
    YOUR ZIP
    """.split()  # noqa: SIM905 - they read best as a text
)
"""Capitals that customers know, or that are words."""
