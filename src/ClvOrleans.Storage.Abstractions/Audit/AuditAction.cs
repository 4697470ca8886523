namespace ClvOrleans.Storage.Audit;

/// <summary>What was done.</summary>
public enum AuditAction
{
    /// <summary>Something was asked.</summary>
    Read = 1,

    /// <summary>Something was changed.</summary>
    Change = 2,

    /// <summary>A list of customers was taken away.</summary>
    Export = 3,

    /// <summary>Something was erased for good.</summary>
    Erase = 4,
}
