using System.Reflection;
using ClvOrleans.Grains.Telemetry;
using ClvOrleans.Server.Http;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Sends traces, metrics and logs by OTLP where the environment says where to: by the variables that OpenTelemetry defines, such as
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. Where it does not, nothing is measured.
/// </summary>
internal static class Observability
{
    /// <summary>Where everything is sent to.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Service = "clvorleans";

    /// <summary>Where one of the signals is sent to, in place of <see cref="Endpoint"/>.</summary>
    public static IReadOnlyList<string> EndpointsOfSignals { get; } =
        ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];

    /// <summary>What this process is called; null where it was given no name.</summary>
    public static string? SiloName => Environment.GetEnvironmentVariable("CLV_SILO_NAME") is { Length: > 0 } name ? name : null;

    public static void Add(WebApplicationBuilder builder)
    {
        var to = builder.Configuration;
        var (metrics, traces, logs) = (IsSent(to, 0), IsSent(to, 1), IsSent(to, 2));
        if (!metrics && !traces && !logs)
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        if (metrics)
        {
            telemetry.WithMetrics(m => m
                .AddMeter(ClvTelemetry.Name, "Microsoft.Orleans", "Npgsql")
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddOtlpExporter(o => Address(o, to, 0)));
        }

        if (traces)
        {
            telemetry.WithTracing(t => t
                .AddSource(ClvTelemetry.Name, "Microsoft.Orleans.Application", "Microsoft.Orleans.Lifecycle", "Npgsql")
                .AddAspNetCoreInstrumentation(o =>
                {
                    o.Filter = context => !context.Request.Path.StartsWithSegments("/health");
                    o.EnrichWithHttpResponse = (activity, response) =>
                        activity.SetTag("url.path", RawPath.WithoutCustomer(response.HttpContext));
                })
                .AddOtlpExporter(o => Address(o, to, 1)));
        }

        if (logs)
        {
            builder.Logging.AddOpenTelemetry(l =>
            {
                l.IncludeFormattedMessage = true;
                l.SetResourceBuilder(Described());
                l.AddOtlpExporter(o => Address(o, to, 2));
            });
        }
    }

    /// <summary>Whether calls of grains are part of the traces that are sent; each passes two filters then.</summary>
    public static bool SendsTraces(ConfigurationManager configuration) => IsSent(configuration, 1);

    /// <summary>Mistakes in where telemetry is sent to, each in a sentence.</summary>
    public static IEnumerable<string> FindMistakes(IConfiguration configuration)
    {
        foreach (var name in EndpointsOfSignals.Prepend(Endpoint))
        {
            if (configuration[name] is { Length: > 0 } text
                && (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            {
                yield return $"{name}: '{text}' is not an address such as http://127.0.0.1:4318.";
            }
        }

        if (configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] is { Length: > 0 } protocol and not ("grpc" or "http/protobuf"))
        {
            yield return $"OTEL_EXPORTER_OTLP_PROTOCOL: '{protocol}' is neither grpc nor http/protobuf.";
        }
    }

    // The exporter of one signal reads the common variables only; the address of a signal is used as it is, without /v1/metrics at its end.
    private static void Address(OtlpExporterOptions options, ConfigurationManager configuration, int signal)
    {
        if (configuration[EndpointsOfSignals[signal]] is { Length: > 0 } endpoint)
        {
            options.Endpoint = new Uri(endpoint);
        }
    }

    private static bool IsSent(ConfigurationManager configuration, int signal) =>
        configuration["OTEL_SDK_DISABLED"] is not ("true" or "TRUE" or "True")
        && (configuration[Endpoint] is { Length: > 0 } || configuration[EndpointsOfSignals[signal]] is { Length: > 0 });

    private static ResourceBuilder Described()
    {
        var resource = ResourceBuilder.CreateEmpty();
        Describe(resource);
        return resource;
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
    private static void Describe(ResourceBuilder resource)
    {
        var version = typeof(Observability).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        resource
            .AddService(
                Service, serviceInstanceId: SiloName ?? $"{Environment.MachineName}:{Environment.ProcessId}",
                serviceVersion: version?.InformationalVersion)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
    }
}
