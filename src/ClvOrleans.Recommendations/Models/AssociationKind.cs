namespace ClvOrleans.Recommendations.Models;

/// <summary>How products that go together were found. The numbers are stored.</summary>
public enum AssociationKind
{
    /// <summary>Item-kNN: customers in common, corrected for popularity.</summary>
    ItemNeighbours = 0,

    /// <summary>EASE (Steck, WWW 2019, arXiv 1905.03375): the closed-form linear autoencoder.</summary>
    Ease = 1,
}
