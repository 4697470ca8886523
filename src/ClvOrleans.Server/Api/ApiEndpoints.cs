namespace ClvOrleans.Server.Api;

/// <summary>The query API.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").AddEndpointFilterFactory(KnownParameters.Only);
        api.MapKeys();
        api.MapAudit();
        api.MapStores();
        api.MapCustomers();
        api.MapConsents();
        api.MapRegulations();
        api.MapArchives();
        api.MapPseudonyms();
        app.MapConfigRegulations();
        api.MapExplanations();
        api.MapSegments();
        api.MapAcquisition();
        api.MapCosts();
        api.MapReports();
        api.MapDemand();
        api.MapModels();
        api.MapPredictions();
        api.MapTrainings();
        api.MapBacktests();
        api.MapJobs();
        api.MapMarket();
        api.MapStock();
        api.MapRecommendations();
        api.MapExperience();
        api.MapSources();
        api.MapRepairs();
        api.MapRules();
        api.MapDeliveries();
        api.MapSubscriptions();
        api.MapPolicies();
        api.MapDecisions();
        api.MapOwnSegments();
        api.MapTransitions();
        api.MapLists();
        api.MapExperiments();
        api.MapOutcomes();
    }
}
