import PropTypes from 'prop-types';

export function Button({ label, kind, icon, onPress }) {
  return <button className={kind} onClick={onPress}>{icon}{label}</button>;
}

Button.propTypes = {
  label: PropTypes.string.isRequired,
};
