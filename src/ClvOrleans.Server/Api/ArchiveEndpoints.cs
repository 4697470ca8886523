using ClvOrleans.Domain.Customers;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Server.Api;

/// <summary>What is held on a person, for the person.</summary>
internal static class ArchiveEndpoints
{
    // A ZIP, which the document of an API of JSON cannot describe.
    public static void MapArchives(this IEndpointRouteBuilder api) =>
        api.MapGet("/customers/{id}/archive", ReadAsync).ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(
        PathId customer, OneStore store, IGrainFactory grains, PersonArchive archive, IPrivacyRequests requests, TimeProvider time,
        CancellationToken cancellation)
    {
        if (await CustomerEndpoints.FindAsync(customer.Value, null, store.Settings, grains) is not { } found)
        {
            return CustomerEndpoints.Unknown(customer);
        }

        var bytes = await archive.WriteAsync(found.Id, found.View, store.Settings, cancellation);
        await requests.CompleteAsync(
            store.Settings.Id, PrivacyRequestKind.CustomerData, [store.Settings.KeptId(customer.Value)], time.GetUtcNow(), cancellation);
        return Results.File(bytes, "application/zip", "customer.zip");
    }
}
