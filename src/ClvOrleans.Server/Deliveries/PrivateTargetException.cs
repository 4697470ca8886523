namespace ClvOrleans.Server.Deliveries;

/// <summary>A webhook would have called an address of a private network.</summary>
internal sealed class PrivateTargetException(string host)
    : IOException($"'{host}' stands for an address of a private network, which webhooks never call (Webhooks__AllowPrivate).");
