{{- define "forge.fullname" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "forge.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/version: {{ default .Chart.AppVersion .Values.image.tag | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "forge.selector" . }}
{{- end }}

{{- define "forge.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* A dict of root and, where it is another than everybody's, tag. */}}
{{- define "forge.image" -}}
{{- $image := .root.Values.image }}
{{- if .tag }}{{ $image.repository }}:{{ .tag }}
{{- else if $image.digest }}{{ $image.repository }}@{{ $image.digest }}
{{- else }}{{ $image.repository }}:{{ default .root.Chart.AppVersion $image.tag }}
{{- end }}
{{- end }}

{{- define "forge.secretName" -}}
{{- if .Values.secrets.existing }}{{ .Values.secrets.existing }}
{{- else if .Values.secrets.create }}{{ include "forge.fullname" . }}
{{- else }}{{ fail "secrets.existing: name a Secret; `forge secrets --kubernetes <name>` prints one" }}
{{- end }}
{{- end }}

{{/* What the services know of each other. */}}
{{- define "forge.roads" -}}
{{- range $name, $_ := .Values.subgraphs }}
- name: SUBGRAPH_URL_{{ upper $name }}
  value: http://{{ include "forge.fullname" $ }}-{{ $name }}:4000/graphql
{{- end }}
{{- end }}

{{/* Variables by their values: a map. */}}
{{- define "forge.env" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Variables by the keys of the Secret: a list of the root and a map. */}}
{{- define "forge.secretEnv" -}}
{{- $root := index . 0 }}
{{- range $name, $key := index . 1 }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "forge.secretName" $root }}
      key: {{ $key }}
{{- end }}
{{- end }}

{{- define "forge.metricsEnv" -}}
{{- if .Values.metrics.enabled }}
- name: FORGE_METRICS_HOST
  value: 0.0.0.0
- name: FORGE_METRICS_PORT
  value: {{ .Values.metrics.port | quote }}
{{- end }}
{{- end }}

{{/* Of every pod. Without service links: Kubernetes would name its variables FORGE_…, as we do. */}}
{{- define "forge.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Of every container; a dict as for the image. */}}
{{- define "forge.container" -}}
image: {{ include "forge.image" . }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  privileged: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{/* Of every container that answers. */}}
{{- define "forge.server" -}}
ports:
  - name: http
    containerPort: 4000
  {{- if .Values.metrics.enabled }}
  - name: metrics
    containerPort: {{ .Values.metrics.port }}
  {{- end }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ .Values.preStopSleepSeconds }}
startupProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end }}

{{/* Of every pod of a Deployment: where it runs, and how long it may take to end. A dict of root, settings, selector. */}}
{{- define "forge.scheduling" -}}
serviceAccountName: {{ include "forge.fullname" .root }}
terminationGracePeriodSeconds: {{ .root.Values.terminationGracePeriodSeconds }}
{{- with .settings.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .settings.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- range $key := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: ScheduleAnyway
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- $.selector | nindent 8 }}
  {{- end }}
{{- end }}
