namespace ClvOrleans.Training.Movements;

/// <summary>What a customer did on a day, the greatest of it.</summary>
public enum MovementCause
{
    /// <summary>Nothing.</summary>
    Silence,

    /// <summary>Something, but no purchase.</summary>
    Visit,

    /// <summary>A purchase.</summary>
    Order,
}
