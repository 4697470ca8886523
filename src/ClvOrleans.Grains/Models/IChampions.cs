using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Grains.Models;

/// <summary>The champions, loaded once a silo and swapped atomically.</summary>
public interface IChampions
{
    /// <summary>A store's model and its generation.</summary>
    ChampionModel Find(StoreId store);
}
