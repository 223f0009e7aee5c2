namespace Nagare.Storage;

/// <summary>A unique key, or the guard on stored events, refused a row. A provider throws it from <see cref="WriteSession.Insert"/>.</summary>
/// <remarks>Keys are the backstop, never the mechanism: versions and ids are checked under the head's lock before anything is inserted.</remarks>
public sealed class KeyViolationException(string message, Exception? inner = null) : Exception(message, inner);
