using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Grains.Experiments;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Policies;
using ClvOrleans.Grains.Reviews;
using ClvOrleans.Grains.Sales;
using ClvOrleans.Grains.Segments;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Grains.Watches;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Deliveries;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Imports;
using ClvOrleans.Server.SignIn;
using ClvOrleans.Storage.DeadLetters;

namespace ClvOrleans.Server.Hosting;

/// <summary>What the environment configures, checked as a whole before any file or database is touched.</summary>
internal static class Configured
{
    /// <summary>Adds the options of every section of the environment.</summary>
    public static void Add(IServiceCollection services) => services
        .AddSection<AccessOptions>("Access")
        .AddSection<ChampionOptions>("Champions")
        .AddSection<CollectionOptions>("Collection")
        .AddSection<CustomerOptions>("Customers")
        .AddSection<DashboardOptions>("Dashboard")
        .AddSection<DeadLetterOptions>("DeadLetters")
        .AddSection<DeliveryOptions>("Deliveries")
        .AddSection<EmailOptions>("Email")
        .AddSection<HttpOptions>("Http")
        .AddSection<ImportLimits>("Imports")
        .AddSection<IntakeOptions>("Intake")
        .AddSection<JobOptions>("Jobs")
        .AddSection<LimitOptions>("Limits")
        .AddSection<OidcOptions>("Oidc")
        .AddSection<OutcomeOptions>("Outcomes")
        .AddSection<PolicyOptions>("Policies")
        .AddSection<RefreshOptions>("Refresh")
        .AddSection<RetrainingOptions>("Retraining")
        .AddSection<ReviewOptions>("Reviews")
        .AddSection<SalesOptions>("Sales")
        .AddSection<ShardOptions>("Shards")
        .AddSection<TlsOptions>("Tls")
        .AddSection<WatchOptions>("Watches")
        .AddSection<WebhookOptions>("Webhooks");

    /// <summary>Refuses a wrong configuration.</summary>
    /// <exception cref="InvalidOperationException">It is wrong; the message lists every mistake.</exception>
    public static void Check(IServiceCollection services, IConfiguration configuration)
    {
        var mistakes = FindMistakes(services, configuration);
        if (mistakes.Count > 0)
        {
            throw new InvalidOperationException(mistakes.Count == 1
                ? $"The configuration has a mistake. {mistakes[0]}"
                : $"The configuration has {mistakes.Count} mistakes:\n  {string.Join("\n  ", mistakes)}");
        }
    }

    /// <summary>Every mistake, each in a sentence that names the variable.</summary>
    public static IReadOnlyList<string> FindMistakes(IServiceCollection services, IConfiguration configuration) =>
        [.. OptionSections.FindMistakes(services, configuration), .. Observability.FindMistakes(configuration)];
}
