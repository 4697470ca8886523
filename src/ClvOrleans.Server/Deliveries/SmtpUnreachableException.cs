namespace ClvOrleans.Server.Deliveries;

/// <summary>No connection to the SMTP server could be opened: nothing was sent.</summary>
internal sealed class SmtpUnreachableException(string host, Exception cause)
    : IOException($"The SMTP server {host} cannot be used: {cause.Message}", cause);
