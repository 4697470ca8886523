using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Models;

/// <summary>A model that a store has, or that was promoted, cannot be made of what is kept.</summary>
/// <param name="store">The store.</param>
/// <param name="model">The model's id.</param>
/// <param name="why">What is wrong, without a full stop.</param>
/// <param name="inner">The error of whatever read it.</param>
public sealed class UnreadableModelException(StoreId store, string model, string why, Exception? inner = null)
    : Exception($"Model {model} of store {store} cannot be opened: {why}.", inner);
