using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Explanations;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Storage.Models;

/// <summary>Models of what a registry keeps.</summary>
public static class ModelRegistryExtensions
{
    /// <summary>The version of an id, that of the prior too, which is always there; null where there is none.</summary>
    public static async Task<ModelVersion?> FindAnyAsync(
        this IModelRegistry registry, StoreId store, string id, CancellationToken cancellation = default) =>
        id == PriorModel.Version.Id ? PriorModel.Version : await registry.FindAsync(store, id, cancellation);

    /// <summary>The model of a version that was found or listed.</summary>
    /// <exception cref="UnreadableModelException">It cannot be made of what is kept.</exception>
    public static async Task<IExplainedModel> OpenAsync(
        this IModelRegistry registry, StoreId store, ModelVersion version, CancellationToken cancellation = default) =>
        Open(store, version.IsPrior ? version : await registry.FindAsync(store, version.Id, cancellation) ?? version);

    /// <summary>The model of an id; that of the prior is always there.</summary>
    /// <exception cref="UnreadableModelException">The store has no such model, or it cannot be made of what is kept.</exception>
    public static async Task<IExplainedModel> OpenAsync(
        this IModelRegistry registry, StoreId store, string id, CancellationToken cancellation = default) => Open(
        store,
        await registry.FindAnyAsync(store, id, cancellation) ?? throw new UnreadableModelException(
            store, id, "the store has no such model"));

    private static IExplainedModel Open(StoreId store, ModelVersion version)
    {
        try
        {
            return ValueModels.Open(version);
        }
        catch (Exception e)
        {
            // Whatever is wrong with a body: readers of JSON, networks and trees have errors of many types.
            throw new UnreadableModelException(store, version.Id, e.Message.TrimEnd('.'), e);
        }
    }
}
