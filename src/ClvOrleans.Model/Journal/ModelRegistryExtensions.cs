using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Explanations;

namespace ClvOrleans.Model.Journal;

/// <summary>Models of what a registry keeps.</summary>
public static class ModelRegistryExtensions
{
    /// <summary>The model of a version that was found or listed.</summary>
    /// <exception cref="InvalidDataException">It cannot be made of what is kept; the message names it.</exception>
    public static async Task<IExplainedModel> OpenAsync(
        this IModelRegistry registry, StoreId store, ModelVersion version, CancellationToken cancellation = default)
    {
        try
        {
            return ValueModels.Open(version.IsPrior ? version : await registry.FindAsync(store, version.Id, cancellation) ?? version);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"Model {version.Id} of store {store} cannot be opened: {e.Message}", e);
        }
    }
}
